import type { Browser, Locator, Page } from 'playwright-core';

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

  /** Words that stand out too little from what is behind them (WCAG 2, 1.4.3); switched off ones may. */
  tooFaint(): Promise<string[]> {
    return this.panel.evaluate((panel) => {
      const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
      const rgba = (colour: string): number[] => {
        if (!context) return [];
        context.clearRect(0, 0, 1, 1);
        context.fillStyle = colour;
        context.fillRect(0, 0, 1, 1);
        return Array.from(context.getImageData(0, 0, 1, 1).data);
      };
      const luminance = (rgb: number[]): number => {
        const [r = 0, g = 0, b = 0] = rgb.map((value) => {
          const part = value / 255;
          return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const behind = (element: Element | null): number[] => {
        for (let one = element; one; one = one.parentElement) {
          const colour = rgba(getComputedStyle(one).backgroundColor);
          if (colour[3] === 255) return colour;
        }
        return [255, 255, 255, 255];
      };
      const faint: string[] = [];
      const words = document.createTreeWalker(panel, NodeFilter.SHOW_TEXT);
      for (let node = words.nextNode(); node; node = words.nextNode()) {
        const element = node.parentElement;
        if (!element || !node.textContent?.trim() || element.closest('.v-btn--disabled, .mp-hidden')) continue;
        if (element.getClientRects().length === 0) continue;
        const [one = 0, other = 0] = [rgba(getComputedStyle(element).color), behind(element)]
          .map((colour) => luminance(colour.slice(0, 3)))
          .sort((a, b) => b - a);
        const ratio = (one + 0.05) / (other + 0.05);
        if (ratio < 4.5) faint.push(`${ratio.toFixed(2)}: ${node.textContent} (${element.className})`);
      }
      return faint;
    });
  }
}
