import assert from 'node:assert/strict';
import koffi from 'koffi';
import { DialogControls } from '../../../src/win32/window/dialog-controls';
import { titleOf } from '../../../src/win32/window/window-reader';

const WS_CHILD = 0x4000_0000;
const WS_VISIBLE = 0x1000_0000;
const ID = 1055;

describe('the controls of a dialog, looked up once', () => {
  const user = koffi.load('user32.dll');
  const create = user.func(
    'intptr_t __stdcall CreateWindowExW(uint32_t, str16, str16, uint32_t, int, int, int, int, intptr_t, intptr_t, intptr_t, intptr_t)',
  ) as (...parameters: (number | string)[]) => number;
  const destroy = user.func('int __stdcall DestroyWindow(intptr_t)') as (hwnd: number) => number;
  const windows: number[] = [];
  const dialog = (): number => {
    const hwnd = create(0, '#32770', '', 0, 0, 0, 100, 100, 0, 0, 0, 0);
    windows.push(hwnd);
    return hwnd;
  };
  const button = (parent: number, text: string, style = 0): number =>
    create(0, 'Button', text, WS_CHILD | style, 0, 0, 10, 10, parent, ID, 0, 0);

  afterEach(() => {
    for (const hwnd of windows.splice(0)) destroy(hwnd);
  });

  it('are those of another dialog when it has taken the place of the first', () => {
    const first = dialog();
    const controls = new DialogControls().of(first);
    assert.equal(controls.control(ID), 0);
    const end = button(first, 'End');
    assert.equal(controls.of(first).control(ID), end);
    destroy(first);
    const second = dialog();
    assert.equal(controls.of(second).control(ID), 0);
    const other = button(second, 'End');
    assert.equal(controls.of(second).control(ID), other);
  });

  it('are found again, and shown or not, when one was made anew in its dialog', () => {
    const parent = dialog();
    const controls = new DialogControls().of(parent);
    const end = button(parent, 'End');
    assert.notEqual(controls.style(ID) & WS_CHILD, 0);
    assert.equal(controls.style(ID) & WS_VISIBLE, 0);
    destroy(end);
    assert.equal(controls.style(ID), 0);
    button(parent, 'Ende', WS_VISIBLE);
    assert.notEqual(controls.style(ID) & WS_VISIBLE, 0);
    assert.equal(titleOf(controls.control(ID)), 'Ende');
  });

  it('are all looked up anew after something was found to be gone', () => {
    const parent = dialog();
    const controls = new DialogControls().of(parent);
    const before = button(parent, 'End');
    assert.equal(controls.control(ID), before);
    destroy(before);
    const after = button(parent, 'End');
    controls.forget();
    assert.equal(controls.control(ID), after);
  });
});
