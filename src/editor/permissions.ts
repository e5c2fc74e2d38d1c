/** Whether the server would tell names and numbers of phones to the user of the editor. */
export function mayRead(): boolean {
  return RED.user.hasPermission('microsip-phone.read');
}

/** Who may not change phones may not ask the dialogs' questions about them either. */
export function mayWrite(): boolean {
  return RED.user.hasPermission('microsip-phone.write');
}
