import { word } from '../sidebar/words';

/** What Node-RED's tour guide takes. */
export interface TourStep {
  title: string;
  /** HTML, of ours alone. */
  description: string;
  titleIcon?: string;
  /** Absent: in the middle of the editor. */
  element?: JQuery | undefined;
  /** px */
  width?: number;
  direction?: 'bottom' | 'left' | 'top';
  /** What is pointed at may be clicked; the step goes there out of the way. */
  interactive?: boolean;
  fallback?: string;
  prepare?: (done: () => void) => void;
}

/** ms that the canvas and the sidebar may take to move */
const MOVES = 500;
/** px; a higher one would not fit beside what is near the upper edge */
const WIDTH = 420;

/** @param showSidebar brings the sidebar with the phones to the front */
export function tourSteps(showSidebar: () => void): TourStep[] {
  return [
    { ...textOf('welcome'), titleIcon: 'fa fa-phone' },
    pointingAt(textOf('call'), () => onCanvas(callingInject())),
    pointingAt(textOf('status'), () => {
      // A shade lies over the tabs, so nobody could open it there.
      RED.actions.invoke('core:show-debug-tab');
      return onCanvas(RED.nodes.filterNodes({ type: 'microsip-status' })[0]);
    }),
    pointingAt(textOf('sidebar'), () => {
      showSidebar();
      return () => document.querySelector('.microsip-phone .microsip-head');
    }),
    { ...textOf('next'), titleIcon: 'fa fa-rocket' },
  ];
}

function textOf(name: string): Pick<TourStep, 'title' | 'description'> {
  return { title: word(`tour.${name}.title`), description: word(`tour.${name}.text`) };
}

/**
 * A step with something to point at. Where that is not there, or not to be seen, the step is shown in the middle: the tour
 * guide would end the tour, or leave the editor white.
 * @param look brings it into sight; what it gives finds it there
 */
function pointingAt(text: Pick<TourStep, 'title' | 'description'>, look: () => () => Element | null): TourStep {
  const step: TourStep = {
    ...text,
    prepare(done) {
      const find = look();
      find()?.scrollIntoView({ block: 'center' });
      window.setTimeout(() => {
        const target = find();
        const isSeen = target !== null && isInSight(target);
        step.element = isSeen ? $(target as HTMLElement) : undefined;
        step.direction = isSeen && target.getBoundingClientRect().left > window.innerWidth / 2 ? 'left' : 'bottom';
        done();
      }, MOVES);
    },
    width: WIDTH,
    interactive: true,
    fallback: 'inset-bottom-right',
  };
  return step;
}

/** The button of an inject node that has somebody call the simulated phone. */
function callingInject(): EditorNode | undefined {
  return RED.nodes
    .filterNodes({ type: 'inject' })
    .find((source) => RED.nodes.filterLinks({ source }).some(({ target }) => target.type === 'microsip-simulator'));
}

function onCanvas(node: EditorNode | undefined): () => Element | null {
  if (node) RED.view.reveal(node.id, false);
  return () => (node ? document.getElementById(node.id) : null);
}

function isInSight(target: Element): boolean {
  const { top, bottom, left, right, width } = target.getBoundingClientRect();
  return width > 0 && top >= 0 && left >= 0 && bottom <= window.innerHeight && right <= window.innerWidth;
}
