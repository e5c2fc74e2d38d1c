/** The part of Node-RED's editor that the dialogs use (the published types lack validators that give a reason). */
interface EditorNode {
  id: string;
  type: string;
  name: string;
  _def: EditorNodeDefinition;
  _(key: string, parameters?: Record<string, string | number>): string;
  [property: string]: unknown;
}

type EditorValidator = (this: EditorNode, value: unknown, options?: unknown) => boolean | string;

interface EditorProperty {
  value: unknown;
  type?: string;
  required?: boolean;
  label?: string;
  validate?: EditorValidator;
}

interface EditorNodeDefinition {
  /** Texts of the node's own catalog, once it is registered. */
  _?(key: string, parameters?: Record<string, string | number>): string;
  category: string;
  color?: string;
  icon?: string;
  inputs?: number;
  outputs?: number;
  inputLabels?: string | ((this: EditorNode) => string);
  outputLabels?: string | string[] | ((this: EditorNode, index: number) => string);
  paletteLabel?: string | ((this: EditorNode) => string);
  label?: string | ((this: EditorNode) => string);
  labelStyle?: string | ((this: EditorNode) => string);
  hasUsers?: boolean;
  defaults: Record<string, EditorProperty>;
  /** When it is dragged in or pasted, before it is part of the flow. */
  onadd?(this: EditorNode): void;
  oneditprepare?(this: EditorNode): void;
  oneditsave?(this: EditorNode): void;
  oneditcancel?(this: EditorNode): void;
}

declare const RED: {
  /** Texts of a node set are found by `<package>/<set>:<key>`, also before any node exists. */
  _(key: string, parameters?: Record<string, string | number>): string;
  /** The language of the editor, such as `de`. */
  i18n: { lang(): string | undefined };
  nodes: {
    registerType(type: string, definition: EditorNodeDefinition): void;
    getType(type: string): EditorNodeDefinition | undefined;
    /** Until the callback returns false. */
    eachConfig(callback: (node: EditorNode) => boolean): void;
    filterNodes(filter: { type: string }): EditorNode[];
    filterLinks(filter: { target: EditorNode } | { source: EditorNode }): { source: EditorNode; target: EditorNode }[];
    id(): string;
    add(node: EditorNode): void;
    node(id: string): EditorNode | null | undefined;
  };
  plugins: {
    registerPlugin(id: string, definition: { type: string; onadd(): void }): void;
  };
  sidebar: {
    addTab(tab: {
      id: string;
      name: string;
      label: string;
      iconClass: string;
      content: HTMLElement;
      pinned: boolean;
      /** Whether it can be used while a dialog is open. */
      enableOnEdit: boolean;
      /** What its keyboard shortcut does. */
      action: string;
    }): void;
    show(id: string): void;
    config: { show(id: string): void };
  };
  actions: {
    /** Under the label it is found among all actions. */
    add(name: string, handler: () => void, options?: { label: string }): void;
    invoke(name: string, options?: object): void;
  };
  comms: {
    subscribe(topic: string, listener: (topic: string, data: unknown) => void): void;
  };
  events: {
    on(event: string, listener: () => void): void;
    off(event: string, listener: () => void): void;
  };
  tourGuide: {
    /** @param address of a module whose default export is the tour */
    run(address: string, done: () => void): void;
  };
  view: {
    /** Shows the flow of a node, and the node. */
    reveal(id: string, flash: boolean): void;
    /** What the import dialog calls with what it has read. */
    importNodes: (nodes: unknown, options?: object) => unknown;
  };
  user: {
    /** Whether the server would let the user of the editor do it. */
    hasPermission(permission: string): boolean;
  };
  /** What the runtime lets the editor see. */
  settings: {
    microsipPhoneOnWindows?: boolean;
    /** Before the addresses of "http in" nodes; false: there are none. */
    httpNodeRoot?: string | false;
    'microsip-sidebar'?: { tour?: boolean };
    /** Of this browser. */
    getLocal(name: string): string | null;
    setLocal(name: string, value: string): void;
    /** Of this user. */
    get(name: string): unknown;
    set(name: string, value: unknown): void;
  };
  utils: {
    validatePropertyExpression: (value: string) => boolean;
  };
  validators: {
    typedInput(options: { typeField: string; allowBlank?: boolean }): EditorValidator;
  };
};

interface TypedInputOffer {
  value: string;
  label: JQuery;
}

/** A type of a typed input that is described, where one of the editor's own is only named. */
interface TypedInputType {
  value: string;
  label: string;
  icon?: string;
  validate?(value: string): boolean;
  /** What is offered, the best first: returned, or given to `done` if that is declared. */
  autoComplete(typed: string, done: (offers: TypedInputOffer[]) => void): TypedInputOffer[] | undefined;
}

interface JQuery {
  typedInput(options: { default: string; types: (string | TypedInputType)[]; typeField: string }): JQuery;
  typedInput(method: 'type' | 'value', value: string): void;
}
