import { TRACE_FOLDER } from '../../trace/trace-folder';

/** Says where the trace will be, while the box is checked. */
export function showTraceFile(node: EditorNode): void {
  const box = $('#node-config-input-trace');
  const place = $('#microsip-trace-file').text(node._('hint.trace', { file: `${TRACE_FOLDER}/${node.id}.log` }));
  const update = (): void => {
    place.toggle(box.is(':checked'));
  };
  box.on('change', update);
  update();
}
