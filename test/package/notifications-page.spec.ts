import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LONGEST_NOTIFICATION, notificationOf, notificationOfStatus } from '../../src/documented/notification';
import { ROOT } from '../support/checkout';

describe('docs/notifications.md', () => {
  const page = readFileSync(join(ROOT, 'docs/notifications.md'), 'utf8');

  it('has every event under its words and its number', () => {
    const rows = [...page.matchAll(/^\| (`.*`) +\| (\d) +\|/gm)];
    assert.equal(rows.length, 5);
    for (const [, words = '', status] of rows) {
      const event = notificationOfStatus(Number(status))?.event;
      assert.ok(event);
      for (const [, word = ''] of words.matchAll(/`(\w+)`/g))
        assert.equal(notificationOf(Buffer.from(word))?.event, event, word);
    }
    assert.equal(notificationOfStatus(rows.length), undefined);
  });

  it('has the class, the message and the limit of the window that takes them', () => {
    // Only Windows can load it.
    const source = readFileSync(join(ROOT, 'src/win32/window/notification-window.ts'), 'utf8');
    const [, name = ''] = /NOTIFICATION_CLASS = '([^']+)'/.exec(source) ?? [];
    const [, user = '', number = ''] = /WM_STATUS = (0x\w+) \+ (\d+)/.exec(source) ?? [];
    assert.ok(page.includes(`\`${name}\``));
    assert.ok(page.includes(`\`WM_USER + ${number}\` (${Number(user) + Number(number)})`));
    assert.ok(page.includes(`${LONGEST_NOTIFICATION.toLocaleString('en-US')} bytes`));
  });
});
