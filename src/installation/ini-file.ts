interface Line {
  text: string;
  end: string;
}

const BOM = Buffer.from([0xff, 0xfe]);

/**
 * A MicroSIP ini: UTF-16LE with BOM and CRLF (interface document, section 4). Everything that is not edited stays as it
 * is, byte for byte. As in Windows, names do not depend on case and of several equal ones the first counts.
 */
export class IniFile {
  private constructor(
    private readonly lines: Line[],
    private readonly rest: Buffer,
  ) {}

  /** @returns undefined for a file that is not Unicode; MicroSIP itself converts such a file when it is started */
  static parse(bytes: Buffer): IniFile | undefined {
    if (!bytes.subarray(0, 2).equals(BOM)) return undefined;
    const whole = bytes.length - (bytes.length % 2);
    const text = bytes.subarray(2, whole).toString('utf16le');
    const lines = [...text.matchAll(/([^\r\n]*)(\r\n|\n|\r|$)/g)]
      .map(([, line = '', end = '']) => ({ text: line, end }))
      .filter(({ text: line, end }) => line !== '' || end !== '');
    return new IniFile(lines, bytes.subarray(whole));
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
      const [, name, value] = /^\s*([^;=][^=]*?)\s*=(.*)$/s.exec(text) ?? [];
      if (name?.toLowerCase() === key.toLowerCase()) return { index, value: (value ?? '').trim() };
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

function sectionName(text: string): string | undefined {
  return /^\s*\[([^\]]*)\]/.exec(text)?.[1]?.trim().toLowerCase();
}
