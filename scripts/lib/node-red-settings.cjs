const path = require('node:path');

/** Modules that are installed beside this one and are not to be loaded. */
const without = process.env.NODE_RED_WITHOUT?.split(',') ?? [];

const codeEditor = process.env.NODE_RED_CODE_EDITOR;

/** The Node-RED of `npm start` and of the browser tests: on this computer only, silent, with this checkout as a module. */
module.exports = {
  uiHost: '127.0.0.1',
  uiPort: Number(process.env.PORT || 1880),
  flowFile: 'flows.json',
  flowFilePretty: true,
  nodesDir: ['../..', '../../packages/dashboard'].map((folder) => path.join(__dirname, folder)),
  externalModules: { palette: { denyList: without } },
  telemetry: { enabled: false, updateNotification: false },
  // The small code editor saves tests a third of the time in which the editor loads.
  editorTheme: { tours: false, ...(codeEditor && { codeEditor: { lib: codeEditor } }) },
  ...(process.env.MICROSIP_TOUR === 'once' && { 'microsip-sidebar': { tour: true } }),
  paletteCategories: ['MicroSIP', 'common', 'function', 'network', 'sequence', 'parser', 'storage'],
  logging: { console: { level: process.env.NODE_RED_LOG || 'info', metrics: false, audit: false } },
};
