import { isSame } from './is-same';

/** One thing that is seen of MicroSIP again and again, of which only changes are news. */
export class KnownValue<T> {
  /** @param isTold listeners could have learnt of it */
  constructor(
    private value: T | undefined,
    private isTold = value !== undefined,
  ) {}

  get current(): T | undefined {
    return structuredClone(this.value);
  }

  /**
   * @param online what is seen before MicroSIP is there is told by nobody
   * @returns whether it is not what listeners know
   */
  take(value: T, online: boolean): boolean {
    const isNews = this.isTold && online && !isSame(this.value, value);
    this.value = structuredClone(value);
    this.isTold = online;
    return isNews;
  }

  /** MicroSIP is there now: what is known is how it is found. */
  comeOnline(): void {
    this.isTold = this.value !== undefined;
  }

  forget(): void {
    this.value = undefined;
    this.isTold = false;
  }
}
