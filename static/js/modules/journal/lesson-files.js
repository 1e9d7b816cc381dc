// Files of a homework and of tasks of single pupils: attached one by one, each refusal said with its reason.

const LARGEST = 20 * 1024 * 1024;
const sized = (bytes) => (bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} КБ` : `${(bytes / 1024 / 1024).toFixed(1).replace(".", ",")} МБ`);

export class Files {
  constructor(beside) {
    this.beside = beside;
  }

  fill() {
    const { data } = this.beside;
    const part = this.beside.part("files");
    part.hidden = !data.files.length && !data.canHomework;
    part.querySelector("ul").replaceChildren(...data.files.map((file) => this.item(file)));
    part.querySelector("label").hidden = !data.canHomework;
  }

  item(file) {
    const { data, words } = this.beside;
    const item = document.createElement("li");
    const link = Object.assign(document.createElement("a"), { href: file.url, textContent: file.name });
    item.append(link, ` ${sized(file.size)} `);
    if (data.canHomework) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "link", textContent: words.say("remove") });
      button.setAttribute("aria-label", `${words.say("remove")}: ${file.name}`);
      button.addEventListener("click", () => this.beside.change(this.beside.post(`/files/${file.id}/remove`, {})));
      item.append(button);
    }
    return item;
  }

  // one request a file: a request has room for one of 20 MB. One that is refused does not stop the others.
  async upload(input, own) {
    const { beside } = this;
    const refused = new Set();
    for (const file of input.files) {
      beside.say(beside.words.say("file_goes", { name: file.name }));
      const why = await this.send(file, own);
      if (why) refused.add(why);
      else beside.say(beside.words.say("file_kept", { name: file.name }));
    }
    if (refused.size) beside.say([...refused].join(" "), true);
    input.value = "";
  }

  // the reason of a refusal, or null
  async send(file, own) {
    const { beside } = this;
    if (file.size > LARGEST) return `${file.name}: ${beside.words.say("file_too_large")}`;
    const body = new FormData();
    body.append("file", file);
    if (own) body.append("own", own);
    const told = await beside.post("/files", body);
    if (!told) return beside.said;
    beside.accept(told);
    return null;
  }
}
