/** @returns true, or a sentence that says what is possible; a blank field means the default */
export function numberBetween(
  node: EditorNode,
  name: string,
  value: unknown,
  least: number,
  most: number,
): true | string {
  if (value === '' || value === undefined) return true;
  const number = Number(value);
  if (number >= least && number <= most) return true;
  return node._('problem.number', { name: node._(`field.${name}`), least, most });
}
