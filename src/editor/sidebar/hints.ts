import { button, element, setText, show } from './elements';
import { word } from './words';

const WIDGET_PACKAGE = '@callflow/node-red-dashboard-2-microsip';
const WIDGET = 'ui-microsip-phone';
const DASHBOARD = 'ui-base';
const DISMISSED = 'microsip-no-widget-hint';

/** That there is a widget for the dashboard, as long as it is not installed and nobody has had enough of it. */
export function widgetHint(): HTMLElement {
  const install = button('fa-download', word('widget.install'), () => {
    RED.actions.invoke('core:manage-palette', { view: 'install', filter: `"${WIDGET_PACKAGE}"` });
  });
  const dismiss = button('fa-times', word('widget.dismiss'), () => {
    RED.settings.setLocal(DISMISSED, 'true');
    show(hint, false);
  });
  const text = element('p');
  const hint = element('aside', {
    class: 'microsip-hint',
    attr: { 'aria-label': word('widget.title') },
    children: [text, element('div', { class: 'microsip-buttons', children: [install, dismiss] })],
  });
  const look = (): void => {
    setText(text, word(RED.nodes.getType(DASHBOARD) ? 'widget.text' : 'widget.text_dashboard'));
    show(hint, !RED.nodes.getType(WIDGET) && RED.settings.getLocal(DISMISSED) !== 'true');
  };
  look();
  // The nodes come after the plugins, and more may be installed.
  RED.events.on('registry:node-type-added', look);
  RED.events.on('registry:node-type-removed', look);
  return hint;
}

export function tourButton(run: () => void): HTMLElement {
  return element('div', { class: 'microsip-buttons', children: [button('fa-map-signs', word('tour.button'), run)] });
}
