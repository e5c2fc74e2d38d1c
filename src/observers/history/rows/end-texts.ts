import { inEnglish, languagePackIn, type LanguagePack } from '../../../microsip/language-pack';
import { ansiEncoding } from '../../../win32/api/ansi-encoding';
import type { HistoryPage } from './history-row';
import { isEndText } from './row-ending';

/** Translates the ends of calls back, which MicroSIP writes in the language of its user interface. */
export class EndTexts {
  private pack: Promise<LanguagePack | undefined> | undefined;

  /** @param folder of MicroSIP's program and its language pack; undefined: not known */
  constructor(private readonly folder: string | undefined) {}

  async english<T extends HistoryPage>(look: T): Promise<T> {
    if (this.folder === undefined) return look;
    const pack = await (this.pack ??= languagePackIn(this.folder, ansiEncoding()));
    if (!pack) return look;
    return { ...look, rows: look.rows.map((row) => ({ ...row, info: original(pack, row.info) })) };
  }
}

/** A translation of several texts that would mean different ends stays as it is. */
function original(pack: LanguagePack, info: string): string {
  const [only, ...others] = new Set(inEnglish(pack, info).filter(isEndText));
  return only === undefined || others.length > 0 ? info : only;
}
