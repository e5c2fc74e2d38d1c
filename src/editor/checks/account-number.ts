/** @returns true, or a sentence that says what is possible */
export function accountNumber(node: EditorNode, value: unknown): true | string {
  return /^[1-9]\d{0,2}$/.test(String(value)) || node._('problem.account');
}
