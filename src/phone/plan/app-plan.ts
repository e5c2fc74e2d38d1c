import type { CheckedCommand, Plan, PlanView } from './plan';

export type AppCommand = Extract<CheckedCommand, { type: 'app' }>;

/** What has to be sent so that the program is as it should be. */
export function planApp({ action, account }: AppCommand, view: PlanView): Plan {
  switch (action) {
    case 'start':
      return { actions: view.presence === 'absent' ? [{ do: 'start' }] : [] };
    case 'exit':
      // Ends every call first (docs/microsip/3.22.16.md#8).
      return { actions: [{ do: 'exit' }], ends: view.calls.map(({ callId }) => callId) };
    case 'show':
      return { actions: [{ do: 'show' }] };
    case 'minimize':
      return { actions: view.surface?.shown() === false ? [] : [{ do: 'minimize' }] };
    case 'account':
      return { actions: [{ do: 'account', account: account ?? 0 }] };
  }
}
