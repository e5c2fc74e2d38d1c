/** The other end of a call as one text of MicroSIP names it. */
export interface ShownParty {
  name?: string;
  number?: string;
  /** A text that is the name or the number, and does not tell which. */
  label?: string;
}

/** @returns undefined when the texts have nothing in common that could be compared */
export function sameParty(a: ShownParty, b: ShownParty): boolean | undefined {
  if (a.number !== undefined && b.number !== undefined) return userPart(a.number) === userPart(b.number);
  if (a.name !== undefined && b.name !== undefined) return a.name === b.name;
  if (a.label !== undefined) return isLabelOf(a.label, b);
  if (b.label !== undefined) return isLabelOf(b.label, a);
  return undefined;
}

/** Both numbers are known, and they are not the same. */
export function otherNumber(a: ShownParty, b: ShownParty): boolean {
  return a.number !== undefined && b.number !== undefined && userPart(a.number) !== userPart(b.number);
}

function isLabelOf(label: string, { name, number, label: other }: ShownParty): boolean | undefined {
  const texts = [name, number, other].filter((text) => text !== undefined);
  if (texts.length === 0) return undefined;
  return texts.some((text) => text === label || userPart(text) === userPart(label));
}

function userPart(number: string): string {
  const at = number.lastIndexOf('@');
  return (at > 0 ? number.slice(0, at) : number).toLowerCase();
}
