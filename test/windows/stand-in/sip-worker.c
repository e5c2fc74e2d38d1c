/* The SIP worker thread: does what the far end does, one job after the other, holding sip_lock. */
#include "stand-in.h"
#include <stdlib.h>

static CRITICAL_SECTION queue_lock;
static HANDLE wake;
static struct job *queue;
static volatile LONG running;

static struct job *next_due(DWORD *wait) {
  ULONGLONG now = GetTickCount64();
  struct job *job = NULL;
  EnterCriticalSection(&queue_lock);
  *wait = INFINITE;
  if (queue && queue->due <= now) {
    job = queue;
    queue = job->next;
    running = 1;
  } else if (queue) {
    *wait = (DWORD)(queue->due - now);
  }
  LeaveCriticalSection(&queue_lock);
  return job;
}

static DWORD WINAPI work(void *unused) {
  (void)unused;
  for (;;) {
    DWORD wait;
    struct job *job = next_due(&wait);
    if (!job) {
      WaitForSingleObject(wake, wait);
      continue;
    }
    EnterCriticalSection(&sip_lock);
    job->run(job);
    LeaveCriticalSection(&sip_lock);
    free(job);
    running = 0;
  }
  return 0;
}

void worker_start(void) {
  InitializeCriticalSection(&queue_lock);
  wake = CreateEventW(NULL, FALSE, FALSE, NULL);
  CloseHandle(CreateThread(NULL, 0, work, NULL, 0, NULL));
}

struct job *job_new(void (*run)(struct job *), struct call *call) {
  struct job *job = calloc(1, sizeof *job);
  job->run = run;
  job->call = call;
  return job;
}

void job_queue(struct job *job, int delay_ms) {
  job->due = GetTickCount64() + (ULONGLONG)delay_ms;
  EnterCriticalSection(&queue_lock);
  struct job **at = &queue;
  while (*at && (*at)->due <= job->due) at = &(*at)->next;
  job->next = *at;
  *at = job;
  LeaveCriticalSection(&queue_lock);
  SetEvent(wake);
}

/* nothing under way and nothing due within a tenth of a second */
bool worker_idle(void) {
  EnterCriticalSection(&queue_lock);
  bool idle = !running && !(queue && queue->due <= GetTickCount64() + 100);
  LeaveCriticalSection(&queue_lock);
  return idle;
}
