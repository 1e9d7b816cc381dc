// Who is signed in now, and the token that lets us write.

const meta = () => document.querySelector('meta[name="csrf-token"]');

export class Session {
  constructor(address, account) {
    this.address = address;
    this.account = account;
  }

  get token() {
    return meta().content;
  }

  // "same", "other" or "none"; a network failure throws
  async ask() {
    const answer = await fetch(this.address, { headers: { Accept: "application/json" }, cache: "no-store", credentials: "same-origin" });
    if (answer.status === 401) return "none";
    if (!answer.ok) throw new Error(`session: ${answer.status}`);
    const { account, csrf } = await answer.json();
    if (account === null || account === undefined) return "none";
    if (account !== this.account) return "other";
    if (csrf) meta().content = csrf;
    return "same";
  }
}
