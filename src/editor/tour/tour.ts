import { tourSteps } from './tour-steps';

const SHOWN = 'microsip-tour-shown';
/** Of Node-RED, or of another package. */
const ANY_TOUR = '.red-ui-tourGuide-popover';
/** ms */
const LOOK_AGAIN = 2000;

/** The tour guide takes a tour only as the module behind an address. */
const MODULE = 'export default window.microsipTour;';

declare global {
  interface Window {
    microsipTour?: { steps: ReturnType<typeof tourSteps> };
  }
}

/** From the click on, which may be a double one: of two tours Node-RED leaves a shade over the editor for good. */
let isRunning = false;

/** Five steps from the first call to the examples. */
export function runTour(showSidebar: () => void): void {
  if (isRunning || document.querySelector(ANY_TOUR)) return;
  isRunning = true;
  window.microsipTour = { steps: tourSteps(showSidebar) };
  // A new address each time: what is behind one is kept.
  const url = URL.createObjectURL(new Blob([MODULE], { type: 'text/javascript' }));
  RED.tourGuide.run(url, () => {
    isRunning = false;
    URL.revokeObjectURL(url);
  });
}

/** In the demo: once by itself, when its flow can be seen and no other tour runs. */
export function offerTourOnce(showSidebar: () => void): void {
  if (RED.settings['microsip-sidebar']?.tour !== true) return;
  const start = (): void => {
    if (RED.settings.get(SHOWN) === true) return;
    if (document.querySelector(ANY_TOUR)) {
      window.setTimeout(start, LOOK_AGAIN);
      return;
    }
    RED.settings.set(SHOWN, true);
    runTour(showSidebar);
  };
  const begin = (): void => {
    RED.events.off('flows:loaded', begin);
    window.setTimeout(start, LOOK_AGAIN);
  };
  RED.events.on('flows:loaded', begin);
}
