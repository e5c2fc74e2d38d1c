interface Line {
  text: string;
  end: string;
}

/** In bytes; a real one has at most some hundred thousand, with a thousand calls in it. */
export const LONGEST_INI = 4 * 1024 * 1024;

const BOM = Buffer.from([0xff, 0xfe]);

/**
 * A MicroSIP ini: UTF-16LE with BOM and CRLF (docs/microsip/interface.md#4). Everything that is not edited stays as it
 * is, byte for byte. As in Windows, names do not depend on case and of several equal ones the first counts.
 */
export class IniFile {
  private constructor(
    private readonly lines: Line[],
    private readonly rest: Buffer,
  ) {}

  /** @returns undefined for a file that is not UTF-16LE with its mark, see `iniEncoding` */
  static parse(bytes: Buffer): IniFile | undefined {
    if (!bytes.subarray(0, 2).equals(BOM)) return undefined;
    const whole = bytes.length - (bytes.length % 2);
    const text = bytes.subarray(2, whole).toString('utf16le');
    return new IniFile(linesOf(text), bytes.subarray(whole));
  }

  toBytes(): Buffer {
    const text = this.lines.map((line) => line.text + line.end).join('');
    return Buffer.concat([BOM, Buffer.from(text, 'utf16le'), this.rest]);
  }

  /** What stands behind the `=`, without blanks around it. */
  get(section: string, key: string): string | undefined {
    return this.find(section, key)?.value;
  }

  /** @param value written as it is; undefined takes the key away */
  set(section: string, key: string, value: string | undefined): void {
    const found = this.find(section, key);
    if (found && value === undefined) this.lines.splice(found.index, 1);
    else if (found) this.replace(found.index, value ?? '');
    else if (value !== undefined) this.insert(section, `${key}=${value}`);
  }

  private find(section: string, key: string): { index: number; value: string } | undefined {
    const start = this.sectionStart(section);
    if (start < 0) return undefined;
    for (let index = start + 1; index < this.lines.length; index += 1) {
      const text = this.lines[index]?.text ?? '';
      if (sectionName(text) !== undefined) return undefined;
      const equals = text.indexOf('=');
      // A remark begins with a semicolon, so no key does.
      if (equals > 0 && text.slice(0, equals).trim().toLowerCase() === key.toLowerCase())
        return { index, value: text.slice(equals + 1).trim() };
    }
    return undefined;
  }

  private sectionStart(section: string): number {
    return this.lines.findIndex(({ text }) => sectionName(text) === section.toLowerCase());
  }

  private replace(index: number, value: string): void {
    const line = this.lines[index];
    if (line) line.text = line.text.slice(0, line.text.indexOf('=') + 1) + value;
  }

  /** Right after the section's head, where removing it again restores the file exactly. */
  private insert(section: string, text: string): void {
    const start = this.sectionStart(section);
    const head = this.lines[start] ?? this.append(`[${section}]`);
    if (head.end === '') head.end = '\r\n';
    this.lines.splice(this.lines.indexOf(head) + 1, 0, { text, end: '\r\n' });
  }

  private append(text: string): Line {
    const last = this.lines.at(-1);
    if (last?.end === '') last.end = '\r\n';
    const line = { text, end: '\r\n' };
    this.lines.push(line);
    return line;
  }
}

function linesOf(text: string): Line[] {
  // Line by line from the start: what can be long is never looked at twice.
  const pieces = text.split(/(\r\n|\n|\r)/);
  const lines: Line[] = [];
  for (let index = 0; index < pieces.length; index += 2) {
    const line = { text: pieces[index] ?? '', end: pieces[index + 1] ?? '' };
    if (line.text !== '' || line.end !== '') lines.push(line);
  }
  return lines;
}

function sectionName(text: string): string | undefined {
  const head = text.trimStart();
  const end = head.indexOf(']');
  return head.startsWith('[') && end > 0 ? head.slice(1, end).trim().toLowerCase() : undefined;
}
