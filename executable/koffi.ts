// Stands for koffi, which says nothing of why its compiled part cannot be loaded: so that is loaded before.
import './koffi-native';
// eslint-disable-next-line @typescript-eslint/no-require-imports -- it is handed on as it is
import koffi = require('koffi');

export = koffi;
