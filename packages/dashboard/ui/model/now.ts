import { onBeforeUnmount, ref, type Ref } from 'vue';

const TICK = 500;

/** The time, for what counts seconds on the screen: ms since 1970. */
export function useNow(): Readonly<Ref<number>> {
  const now = ref(Date.now());
  const clock = setInterval(() => {
    now.value = Date.now();
  }, TICK);
  onBeforeUnmount(() => {
    clearInterval(clock);
  });
  return now;
}
