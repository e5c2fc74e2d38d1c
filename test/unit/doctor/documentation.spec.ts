import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_EVENTS } from '../../../src/doctor/change';
import { CLI_OPTIONS, cliOptions } from '../../../src/doctor/program/cli-options';
import { CLI_EXIT_CODES } from '../../../src/doctor/program/doctor-cli';
import { EXIT_CODES } from '../../../src/doctor/program/doctor-error';
import { doctorText } from '../../../src/doctor/program/doctor-text';
import { HOOK_NAMES } from '../../../src/microsip/hook-names';
import { ROOT } from '../../support/checkout';

/** What docs/doctor.md says has to be what the program does. */
describe("the doctor's documentation", () => {
  const text = readFileSync(join(ROOT, 'docs/doctor.md'), 'utf8');
  const usage = doctorText('usage');
  const section = (title: string): string => text.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
  const rows = (title: string): string[] => section(title).match(/^\| [`\d].*$/gm) ?? [];
  const words = (row: string | undefined): string[] =>
    [...(row ?? '').matchAll(/`([^`]+)`/g)].map(([, word = '']) => word);

  it('names every option, as does the usage', () => {
    const real = Object.entries(CLI_OPTIONS).flatMap(([name, option]) => [
      `--${name}`,
      ...('short' in option ? [`-${option.short}`] : []),
    ]);
    const documented = rows('Options').flatMap((row) =>
      words(row.split('|')[1]).map((word) => word.split(' ')[0] ?? ''),
    );
    assert.deepEqual(documented.sort(), real.sort());
    for (const option of real.filter((name) => !/^-h$|^--help$/.test(name))) assert.ok(usage.includes(option), option);
  });

  it('names every command', () => {
    const documented = rows('Commands').flatMap((row) => words(row.split('|')[1]));
    assert.deepEqual(documented.sort(), [
      'check',
      'directory --remove',
      'directory <url>',
      'help',
      'install',
      'log off',
      'log on',
      'remove',
      'show',
      'test',
    ]);
    for (const command of documented) assert.doesNotThrow(() => cliOptions(command.split(' ')));
  });

  it('gives every failure its exit code', () => {
    const real = Object.entries(EXIT_CODES).map(([code, exitCode]) => `${code} ${exitCode}`);
    const documented = rows('Exit codes').flatMap((row) => {
      const [, exitCode = '', , codes] = row.split('|');
      return words(codes)
        .filter((code) => code in EXIT_CODES)
        .map((code) => `${code} ${exitCode.trim()}`);
    });
    assert.deepEqual(documented.sort(), real.sort());
  });

  it('names every exit code once, as does the usage', () => {
    const real = [...new Set([0, ...Object.values(EXIT_CODES), ...Object.values(CLI_EXIT_CODES)])].sort();
    const documented = rows('Exit codes').map((row) => Number(row.split('|')[1]));
    const inUsage = [...(usage.split('Exit codes')[1] ?? '').matchAll(/^ {2}(\d)/gm)].map(([, code]) => Number(code));
    assert.deepEqual([documented, inUsage], [real, real]);
  });

  it('names every key', () => {
    const keys = words(section('What it changes')).filter((word) => word.startsWith('cmd') && word !== 'cmd.exe');
    assert.deepEqual(keys.sort(), [...HOOK_NAMES].sort());
    const [usual = ''] = section('What it changes').split('(with');
    for (const key of HOOK_NAMES) assert.equal(usual.includes(`\`${key}\``), DEFAULT_EVENTS.includes(key), key);
  });
});
