import { LIVE_TOPIC, type LiveState } from '../src/node-red/sidebar/sidebar-json';
import { tourButton, widgetHint } from '../src/editor/sidebar/hints';
import { Sidebar, SIDEBAR_ID } from '../src/editor/sidebar/sidebar';
import { word } from '../src/editor/sidebar/words';
import { offerTourOnce, runTour } from '../src/editor/tour/tour';

const TAB = 'microsip';
const SHOW = 'microsip:show-sidebar';

RED.plugins.registerPlugin('microsip-sidebar', {
  type: 'microsip-sidebar',
  onadd() {
    // The module may be taken away and installed again while the editor is open.
    if (document.getElementById(SIDEBAR_ID)) return;
    const show = (): void => {
      RED.sidebar.show(TAB);
    };
    const tour = (): void => {
      runTour(show);
    };
    const sidebar = new Sidebar([widgetHint(), tourButton(tour)]);
    RED.sidebar.addTab({
      id: TAB,
      name: word('title'),
      label: word('label'),
      iconClass: 'fa fa-phone',
      content: sidebar.element,
      pinned: true,
      enableOnEdit: true,
      action: SHOW,
    });
    RED.actions.add(SHOW, show, { label: word('title') });
    RED.actions.add('microsip:tour', tour, { label: word('tour.action') });
    offerTourOnce(show);
    RED.comms.subscribe(LIVE_TOPIC, (_topic, live) => {
      sidebar.hear(live as LiveState);
    });
  },
});
