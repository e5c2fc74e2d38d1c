import UIMicrosipPhone from './UIMicrosipPhone.vue';

export { UIMicrosipPhone };
