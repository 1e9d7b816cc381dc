// The page of a long work: asks how far it is every two seconds, opens itself anew at the end.

const PAUSE = 2000;

export default function jobProgress(section) {
  const meter = section.querySelector("progress");
  const words = section.querySelector("[data-words]");

  const ask = async () => {
    const answer = await fetch(section.dataset.url, { headers: { Accept: "application/json" } });
    if (!answer.ok) return answer.status < 500;
    const job = await answer.json();
    if (job.ended) {
      location.reload();
      return true;
    }
    if (job.all) {
      meter.max = job.all;
      meter.value = job.done;
    }
    words.textContent = job.words;
    return false;
  };

  const go = () => ask().catch(() => false).then((ended) => ended || setTimeout(go, PAUSE));
  setTimeout(go, PAUSE);
}
