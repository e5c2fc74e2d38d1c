import type { Browser, Locator, Page } from 'playwright-core';
import { tooFaint } from './accessibility';

interface Look {
  locale?: string;
  width?: number;
  height?: number;
}

/** A browser with the phone on the dashboard. */
export class WidgetPage {
  private constructor(readonly page: Page) {}

  static async open(browser: Browser, url: string, { locale = 'en-US', width = 1200, height = 860 }: Look = {}) {
    const page = await browser.newPage({ locale, viewport: { width, height } });
    page.setDefaultTimeout(30_000);
    // By this name tsx has functions know their names, also those that run in the page.
    await page.addInitScript('globalThis.__name = (one) => one;');
    const opened = new WidgetPage(page);
    await page.goto(`${url}/dashboard/phone`);
    await opened.state().waitFor();
    return opened;
  }

  /** The panel; the list of the other example is a widget of its own. */
  get panel(): Locator {
    return this.page.locator('.mp').filter({ has: this.page.locator('.mp-dial') });
  }

  /** How the phone stands, below its name. */
  state(text: string | RegExp = /./): Locator {
    return this.panel.locator('.mp-state').filter({ hasText: text });
  }

  call(text: string): Locator {
    return this.panel.locator('.mp-call').filter({ hasText: text });
  }

  /** The button of one call. */
  of(text: string, action: string): Locator {
    return this.call(text).locator('.mp-acts').first().locator('button').filter({ hasText: action });
  }

  button(name: string): Locator {
    return this.panel.getByRole('button', { name, exact: true });
  }

  get field(): Locator {
    return this.panel.locator('.mp-dial input[role="combobox"]');
  }

  get failure(): Locator {
    return this.panel.locator('.mp-notice--error');
  }

  get problem(): Locator {
    return this.panel.locator('.mp-notice--warning');
  }

  past(text: string): Locator {
    return this.panel.locator('.mp-row').filter({ hasText: text });
  }

  /** What reaches beyond the widget, or hides a part of a button's words. */
  overflowing(): Promise<string[]> {
    return this.panel.evaluate((panel) => {
      const frame = panel.getBoundingClientRect();
      return (
        Array.from(panel.querySelectorAll<HTMLElement>('*'))
          .filter((one) => !one.closest('.mp-hidden, .v-label, .v-btn__overlay, .v-field__loader'))
          // What is cut off there ends with dots.
          .filter((one) => !one.parentElement || getComputedStyle(one.parentElement).textOverflow !== 'ellipsis')
          .filter((one) => {
            const { left, right, width } = one.getBoundingClientRect();
            const isCut = one.matches('.v-btn__content') && one.scrollWidth > one.clientWidth + 1;
            return width > 0 && (left < frame.left - 1 || right > frame.right + 1 || isCut);
          })
          .map((one) => `${one.tagName} ${one.className} ${one.textContent.slice(0, 30)}`)
      );
    });
  }

  tooFaint(): Promise<string[]> {
    return tooFaint(this.panel, '.v-btn--disabled, .mp-hidden');
  }
}
