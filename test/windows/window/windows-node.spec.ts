import assert from 'node:assert/strict';
import koffi from 'koffi';

describe('Node.js for Windows', () => {
  it('calls user32 through koffi', () => {
    const user32 = koffi.load('user32.dll');
    const findWindow = user32.func('void *__stdcall FindWindowW(const char16_t *class, const char16_t *title)') as (
      className: string | null,
      title: string | null,
    ) => unknown;
    assert.equal(process.platform, 'win32');
    assert.equal(findWindow('no window has this class', null), null);
    assert.notEqual(findWindow('#32769', null), undefined);
  });
});
