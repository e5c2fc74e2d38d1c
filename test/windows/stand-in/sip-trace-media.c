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

/* ended: the state in the dump is the end; else what it was when we hung up */
void media_removed(struct sip_dialog *d, int depth, bool ended) {
  static __thread char text[TEXT_SIZE * 3];
  char length[32];
  long long now = unix_ms(), talked = d->connected_ms ? now - d->connected_ms : 0;
  const char *state = ended ? (SINCE(3, 21, 4) ? "DISCONNECTED" : "DISCONNCTD") : call_state_name(d->logged);
  log_line("pjsua_media.c", depth, "Call %d: deinitializing media..", d->call->slot);
  span(length, talked);
  int used = snprintf(text, sizeof text, "\n  [%s] To: %s;tag=%s\n    Call time: %s, 1st res in %lld ms, conn in %lldms", state, d->remote, d->remote_tag, length,
                      d->first_response_ms ? d->first_response_ms - d->started_ms : 0, d->connected_ms ? d->connected_ms - d->started_ms : 0);
  if (d->had_media && used > 0 && used < (int)sizeof text) {
    long long packets = talked / 20;
    snprintf(text + used, sizeof text - (size_t)used,
             "\n    #0 audio PCMU @8kHz, sendrecv, peer=127.0.0.1:6000\n       SRTP status: Not active Crypto-suite: \n"
             "       RX pt=0, last update:00h:00m:01.769s ago\n          total %lldpkt %lldB (%lldB +IP hdr) @avg=63.8Kbps/79.8Kbps\n"
             "          pkt loss=0 (0.0%%), discrd=0 (0.0%%), dup=0 (0.0%%), reord=0 (0.0%%)\n"
             "                (msec)    min     avg     max     last    dev\n          loss period:   0.000   0.000   0.000   0.000   0.000\n"
             "          jitter     :   0.000   1.493   2.625   2.000   0.723\n       TX pt=0, ptime=20, last update:never\n"
             "          total %lldpkt %lldB (%lldB +IP hdr) @avg=63.8Kbps/79.8Kbps\n          pkt loss=0 (0.0%%), dup=0 (0.0%%), reorder=0 (0.0%%)\n"
             "                (msec)    min     avg     max     last    dev \n          loss period:   0.000   0.000   0.000   0.000   0.000\n"
             "          jitter     :   0.000   0.000   0.000   0.000   0.000\n       RTT msec      :   0.000   0.000   0.000   0.000   0.000",
             packets, packets * 160, packets * 200, packets, packets * 160, packets * 200);
  }
  log_line("pjsua_media.c", depth + 1, "%s", text);
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
