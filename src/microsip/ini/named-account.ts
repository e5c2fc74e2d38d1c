/** An account of MicroSIP: the number that its commands know, and how people know it. */
export interface NamedAccount {
  account: number;
  name: string;
}
