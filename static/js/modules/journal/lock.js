// One sender at a time over all tabs: Web Locks, or a lease in the database where pages are not secure (http).

const LEASE = 60_000;   // longer than a request and its repetition may take

const unique = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export const uuid = () => {
  const hex = unique();
  const variant = "89ab"[Number.parseInt(hex[16], 16) % 4];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
};

export class Lock {
  constructor(storage, name) {
    this.storage = storage;
    this.name = name;
    this.owner = uuid();
  }

  // runs `work(renew)` when nobody else does; false when another tab holds the lock
  async tryRun(work) {
    if (navigator.locks) {
      return navigator.locks.request(this.name, { ifAvailable: true }, async (lock) => {
        if (!lock) return false;
        await work(async () => true);
        return true;
      });
    }
    if (!(await this.renew())) return false;
    try {
      await work(() => this.renew());
    } finally {
      await this.storage.lease(this.name, this.owner, 0, Date.now());
    }
    return true;
  }

  renew() {
    const now = Date.now();
    return this.storage.lease(this.name, this.owner, now + LEASE, now);
  }
}
