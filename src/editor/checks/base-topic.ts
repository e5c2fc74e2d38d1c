const BASE = /^[^+#$/\s][^+#$/]*(?:\/[^+#$/]+)*(?<!\s)$/;

/** @returns true, or a sentence that says what is possible; a blank field means the default */
export function baseTopic(node: EditorNode, value: unknown): true | string {
  return (
    value === undefined || value === '' || (typeof value === 'string' && BASE.test(value)) || node._('problem.base')
  );
}
