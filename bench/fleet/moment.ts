/** ms by the clock that all processes of this computer share, whatever is done to its calendar. */
export const moment = (): number => Number(process.hrtime.bigint()) / 1e6;
