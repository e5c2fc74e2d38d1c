import assert from 'node:assert/strict';
import { watch, type Shown } from './snapshots';

describe('registration seen in the window', () => {
  const registrations = (...steps: Shown[]): string[] =>
    watch(steps.map((shown, index) => [index * 1000, shown]))
      .map(({ seen }) => seen)
      .filter((text) => text.startsWith('registration'));
  const call: Shown = { tab: 'dialing', title: '1', status: 'Calling 1 ...' };
  const text = (status: string): Shown => ({ status });

  it('begins, succeeds, fails', () => {
    assert.deepEqual(
      registrations(text('Connecting...'), text('Online'), text('Offline'), text('Incorrect Password')),
      ['registration registering', 'registration registered', 'registration unregistered', 'registration failed'],
    );
  });

  it('stays registered while it is refreshed', () => {
    assert.deepEqual(registrations(text('Online'), text('Connecting...'), text('Online'), text('Away')), [
      'registration registered',
      'registration registered',
      'registration registered',
    ]);
  });

  it('is not told by texts of calls', () => {
    assert.deepEqual(
      registrations(text('Online'), call, { ...call, tab: 'alerting', status: 'Service Unavailable' }, text('Online')),
      ['registration registered'],
    );
  });

  it('is not told by texts of another language', () => {
    assert.deepEqual(registrations(text('Verbinde...'), text('Angemeldet'), text('オンライン')), []);
  });

  it('begins anew after the SIP stack was down', () => {
    assert.deepEqual(
      registrations(text('Online'), { presence: 'starting', status: 'MicroSIP' }, text('Connecting...')),
      ['registration registered', 'registration registering'],
    );
  });
});
