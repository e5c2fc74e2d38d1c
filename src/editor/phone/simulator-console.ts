import { PhoneQuestion } from './admin-request';
import { say } from '../say';

/** The answer of the admin endpoint `microsip-phone/simulate`. */
interface SimulateAnswer {
  state: string;
  number?: string;
  name?: string;
}

/** Buttons that play the far end of a simulated phone, as it is deployed. */
export function offerSimulator(node: EditorNode): void {
  const result = $('#microsip-console-result');
  const question = new PhoneQuestion<SimulateAnswer>(node, 'simulate', result);
  $('#microsip-console button').on('click', ({ currentTarget }) => {
    const { value: action } = currentTarget as HTMLButtonElement;
    const fields = { number: $('#microsip-console-number').val(), name: $('#microsip-console-name').val() };
    question.ask({ phone: node.id, action, ...(action === 'incoming' && fields) }, ({ state, number = '', name }) => {
      const caller = name === undefined ? number : `${number} (${name})`;
      const says = node._('console.state', { state: node._(`console.states.${state}`) });
      say(result, 'fa-phone', `${says} ${caller}`.trim());
    });
  });
}
