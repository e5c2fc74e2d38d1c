/** In the directory of the phones; the dialog says so, too. */
export const TRACE_FOLDER = 'microsip-trace';
