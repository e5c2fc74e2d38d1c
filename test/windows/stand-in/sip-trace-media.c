/* The media lines of a call in the log, and the dump at its end. */
#include "sip-dialog.h"
#include <stdio.h>

static const char *stream_name(const struct sip_dialog *d) {
  static __thread char name[40];
  sprintf(name, "strm%016llx", d->stream);
  return name;
}

void media_created(struct sip_dialog *d, int depth) {
  int slot = d->call->slot;
  log_line("pjsua_media.c", depth, "Call %d: initializing media..", slot);
  log_line("pjsua_media.c", depth + 1, "RTP socket reachable at 127.0.0.1:%d", 4000 + 2 * slot);
  log_line("pjsua_media.c", depth + 1, "RTCP socket reachable at 127.0.0.1:%d", 4001 + 2 * slot);
  log_line("pjsua_media.c", depth + 1, "Media index 0 selected for audio call %d", slot);
  log_line("pjsua_media.c", depth + 1, "Call %d: media transport initialization complete: Success", slot);
}

void media_updated(struct sip_dialog *d, int depth, const char *direction) {
  bool paused = strcmp(direction, "sendonly") == 0 || strcmp(direction, "inactive") == 0;
  int slot = d->call->slot;
  log_line("pjsua_call.c", depth, "Call %d: remote NAT type is 0 (Unknown)", slot);
  log_line("pjsua_media.c", depth, "Call %d: updating media..", slot);
  if (d->had_media) {
    log_line(stream_name(d), depth + 2, "Stream destroying");
    log_line("pjsua_media.c", depth + 2, "Media stream call%02d:0 is destroyed", slot);
  }
  d->stream = new_address();
  d->stream_ms = unix_ms();
  snprintf(d->direction, sizeof d->direction, "%s", direction);
  d->had_media = true;
  log_line("pjsua_aud.c", depth + 1, "Audio channel update for index 0 for call %d...", slot);
  log_line("stream.c", depth + 2, "Stream %s created", stream_name(d));
  log_line(stream_name(d), depth + 2, "Encoder stream %s", strcmp(direction, "recvonly") == 0 ? "paused" : "started");
  log_line(stream_name(d), depth + 2, "Decoder stream %s", paused ? "paused" : "started");
  log_line("pjsua_media.c", depth + 1, "Audio updated, stream #0: PCMU (%s)", direction);
}

static void span(char *to, long long ms) {
  sprintf(to, "%02lldh:%02lldm:%02llds", ms / 3600000, ms / 60000 % 60, ms / 1000 % 60);
}

/* Percent and ms; rtt below 0: the far end never reports what it received. Packets below 0: as many as there was time for. */
struct network network = {0, 0, 1.493, 0, 0, -1, -1};

/* 1000 and more in K, 1000000 and more in M, both cut */
static const char *amount(char *to, long long count) {
  if (count < 1000) sprintf(to, "%lld", count);
  else if (count < 1000000) sprintf(to, "%lld.%lldK", count / 1000, count % 1000 / 100);
  else sprintf(to, "%lld.%02lldM", count / 1000000, count % 1000000 / 10000);
  return to;
}

static double share(long long part, long long of) {
  return of > 0 ? 100.0 * (double)part / (double)of : 0;
}

static char *total(char *to, long long packets, long long ms) {
  char count[24], bytes[24], all[24], rate[24], all_rate[24];
  long long per_second = ms > 0 ? packets * 8000 / ms : 0;
  return to + sprintf(to, "          total %spkt %sB (%sB +IP hdr) @avg=%sbps/%sbps\n", amount(count, packets), amount(bytes, packets * 160),
                      amount(all, packets * 200), amount(rate, per_second * 160), amount(all_rate, per_second * 200));
}

static char *statistics(char *to, const char *name, double value) {
  return to + sprintf(to, "%s: %7.3f %7.3f %7.3f %7.3f %7.3f\n", name, value, value, value, value, 0.0);
}

/* of the stream since it was last created */
static void audio_dump(char *to, const struct sip_dialog *d, long long ms) {
  long long ours = network.packets >= 0 ? network.packets : strcmp(d->direction, "recvonly") == 0 ? 0 : ms / 20;
  long long theirs = network.packets >= 0 ? network.packets : strcmp(d->direction, "sendrecv") == 0 ? ms / 20 : 0;
  long long lost = (long long)((double)theirs * network.loss / 100 + 0.5), late = (long long)((double)theirs * network.discarded / 100 + 0.5);
  bool reports = network.rtt >= 0;
  long long lost_there = reports ? (long long)((double)ours * network.sent_loss / 100 + 0.5) : 0;
  to += sprintf(to, "    #0 audio PCMU @8kHz, %s, peer=127.0.0.1:6000\n       SRTP status: Not active Crypto-suite: \n", d->direction);
  to += sprintf(to, "       RX pt=0, last update:00h:00m:01.769s ago\n");
  to = total(to, theirs - lost, ms);
  to += sprintf(to, "          pkt loss=%lld (%.1f%%), discrd=%lld (%.1f%%), dup=0 (0.0%%), reord=0 (0.0%%)\n", lost, share(lost, theirs), late, share(late, theirs));
  to += sprintf(to, "                (msec)    min     avg     max     last    dev\n");
  to = statistics(to, "          loss period", lost > 0 ? 20 : 0);
  to = statistics(to, "          jitter     ", network.jitter);
  to += sprintf(to, "       TX pt=0, ptime=20, last update:%s\n", reports ? "00h:00m:01.002s ago" : "never");
  to = total(to, ours, ms);
  to += sprintf(to, "          pkt loss=%lld (%.1f%%), dup=0 (0.0%%), reorder=0 (0.0%%)\n", lost_there, share(lost_there, ours));
  to += sprintf(to, "                (msec)    min     avg     max     last    dev \n");
  to = statistics(to, "          loss period", lost_there > 0 ? 20 : 0);
  to = statistics(to, "          jitter     ", reports ? network.sent_jitter : 0);
  statistics(to, "       RTT msec      ", reports ? network.rtt : 0);
}

/* ended: the state in the dump is the end; else what it was when we hung up */
void media_removed(struct sip_dialog *d, int depth, bool ended) {
  static __thread char text[TEXT_SIZE * 3], header[TEXT_SIZE * 3];
  char length[32];
  long long now = unix_ms(), talked = d->connected_ms ? now - d->connected_ms : 0;
  const char *state = ended ? (SINCE(3, 21, 4) ? "DISCONNECTED" : "DISCONNCTD") : call_state_name(d->logged);
  log_line("pjsua_media.c", depth, "Call %d: deinitializing media..", d->call->slot);
  span(length, talked);
  /* PJSIP has 256 bytes for the header */
  if (snprintf(header, sizeof header, "To: %s;tag=%s", d->remote, d->remote_tag) >= 256 + 4) strcpy(header, "<--uri too long-->");
  int used = snprintf(text, sizeof text, "  [%s] %s\r\n    Call time: %s, 1st res in %lld ms, conn in %lldms\n", state, header, length,
                      d->first_response_ms ? d->first_response_ms - d->started_ms : 0, d->connected_ms ? d->connected_ms - d->started_ms : 0);
  if (d->had_media) audio_dump(text + used, d, now - d->stream_ms);
  log_dump("pjsua_media.c", depth + 1, text);
  if (!d->had_media) {
    log_line("pjsua_media.c", depth + 1, "Call %d: cleaning up provisional media, prov_med_cnt=1, med_cnt=0", d->call->slot);
    return;
  }
  log_line(stream_name(d), depth + 2, "Stream destroying");
  log_line("pjsua_media.c", depth + 2, "Media stream call%02d:0 is destroyed", d->call->slot);
  log_line(stream_name(d), depth + 2,
           "JB summary:\n  size=2/eff=2 prefetch=0 level=2\n  delay (min/max/avg/dev)=20/20/20/0 ms\n  burst (min/max/avg/dev)=2/2/2/0 frames\n"
           "  lost=0 discard=0 empty=0");
  log_line(stream_name(d), depth + 2, "Stream destroyed");
  d->had_media = false;
}
