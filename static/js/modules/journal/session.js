// Who is signed in now, and the token that lets us write.

const PATIENCE = 20_000;

// a request with the answer read by `read`, given up after a while
export const patient = async (address, asked, read) => {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    return await read(await fetch(address, { ...asked, credentials: "same-origin", signal: stop.signal }));
  } finally {
    clearTimeout(timer);
  }
};

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
  ask() {
    return patient(this.address, { headers: { Accept: "application/json" }, cache: "no-store" }, (answer) => this.read(answer));
  }

  async read(answer) {
    if (answer.status === 401) return "none";
    if (!answer.ok) throw new Error(`session: ${answer.status}`);
    const { account, csrf } = await answer.json();
    if (account === null || account === undefined) return "none";
    if (account !== this.account) return "other";
    if (csrf) meta().content = csrf;
    return "same";
  }
}
