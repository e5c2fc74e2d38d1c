import type { FleetListener } from './fleet';

/** Who wants to know of all phones, and who of one: telling of a phone costs nothing for the others. */
export class FleetListeners {
  private readonly all = new Set<FleetListener>();
  private readonly ofOne = new Map<string, Set<FleetListener>>();

  listen(listener: FleetListener): () => void {
    this.all.add(listener);
    return () => this.all.delete(listener);
  }

  follow(id: string, listener: FleetListener): () => void {
    const followers = this.ofOne.get(id) ?? new Set();
    this.ofOne.set(id, followers);
    followers.add(listener);
    return () => {
      followers.delete(listener);
      if (followers.size === 0 && this.ofOne.get(id) === followers) this.ofOne.delete(id);
    };
  }

  tell(id: string, tell: (listener: FleetListener) => void): void {
    for (const listener of [...(this.ofOne.get(id) ?? []), ...this.all]) tell(listener);
  }

  tellEverybody(tell: (listener: FleetListener) => void): void {
    for (const listener of [...this.all, ...[...this.ofOne.values()].flatMap((followers) => [...followers])])
      tell(listener);
  }
}
