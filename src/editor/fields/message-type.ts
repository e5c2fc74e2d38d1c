import { MESSAGE_NAMES } from '../../node-red/messages/message-names';

/** The type `msg` of a typed input, which offers the properties that our messages have by name. */
export function messageType(): TypedInputType & { autoComplete: (typed: string) => TypedInputOffer[] } {
  return {
    value: 'msg',
    label: 'msg.',
    validate: RED.utils.validatePropertyExpression,
    autoComplete: (typed) => {
      const placeIn = (text: string): number => text.toLowerCase().indexOf(typed.toLowerCase());
      const all = Object.entries(MESSAGE_NAMES).map(([name, types]) => ({
        name,
        nodes: types.map(labelOf).join(', '),
      }));
      // The tab key takes the first one: it must not make `payload.number` of a `number` that was typed in full.
      const named = all.filter(({ name }) => placeIn(name) >= 0).sort((a, b) => placeIn(a.name) - placeIn(b.name));
      const fromNode = all.filter((offer) => !named.includes(offer) && placeIn(offer.nodes) >= 0);
      return [...named, ...fromNode].map(({ name, nodes }) => ({ value: name, label: row(name, nodes) }));
    },
  };
}

function labelOf(type: string): string {
  return type.startsWith('microsip-') ? RED._(`@callflow/node-red-microsip/${type}:label`) : type;
}

function row(name: string, nodes: string): JQuery {
  return $('<div>')
    .css({ display: 'flex', justifyContent: 'space-between', gap: '10px' })
    .append($('<span>').text(name), $('<span>').css({ fontSize: '0.8em' }).text(nodes));
}
