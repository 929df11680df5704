#include "config.h"

#include "lf-kept-private.h"

#include <glib/gi18n.h>

/* Translators: messages of a run's log. %d is a number, which comes with its unit or what it
 * counts. */
const char *const _lf_kept_templates[] = {
  /* A second of a run, from its end to its beginning. */
  N_ ("%s (warm-up)"),
  N_ ("%s, p50 %d ms, p95 %d ms, p99 %d ms"),
  N_ ("%s, %d dropped"),
  N_ ("%d s: %s, %s, %d failed"),
  /* Its life. */
  N_ ("Started: up to %s"),
  N_ ("Step %d: %s %s"),
  N_ ("Stage %d of %d: %d to %d %s in %d s"),
  N_ ("Stage %d of %d: %d %s for %d s"),
  N_ ("The schedule is over; waiting for what is under way"),
  N_ ("Stopping: requests under way may end within %d s"),
  N_ ("Stopping at once: requests under way are cut off and not counted"),
  N_ ("Paused: nothing new begins, what is under way may end"),
  N_ ("Resumed"),
  N_ ("Set to %d %s"),
  N_ ("Nothing was counted: no request ended after the warm-up of %d s; shorten it"),
  N_ ("Finished after %d s: %d requests, %d failed, %d per second; %s"),
  N_ ("Stopped after %d s: %d requests, %d failed, %d per second; %s"),
  N_ ("Interrupted: the process that ran this is gone. The summary covers the %d s that were kept"),
  N_ ("Started from elsewhere by %s"),
  N_ ("Stopped from elsewhere by %s"),
  N_ ("Steered from elsewhere by %s"),
  /* A search for the capacity. */
  N_ ("Try %d: %s"),
  N_ ("%d arrivals/s held: p95 %d ms, %d %% failed or dropped"),
  N_ ("%d arrivals/s failed: p95 %d ms, %d %% failed or dropped"),
  N_ ("%d arrivals/s held, tried once more: p95 %d ms, %d %% failed or dropped"),
  N_ ("%d arrivals/s failed, tried once more: p95 %d ms, %d %% failed or dropped"),
  N_ ("The highest rate that held is %d arrivals/s"),
  N_ ("No rate held the objective"),
  N_ ("%d arrivals/s failed while this machine itself was late: tried again"),
  /* The generator. */
  N_ ("Generator: %s"),
  N_ ("A worker used over 90 %% of its core for 5 s: the target may take more than this machine "
      "sends"),
  N_ ("A worker used over 90 %% of its core for 5 s: the target may take more than this machine "
      "sends. Close other programs, use more workers or another machine"),
  N_ ("a worker used over 90 %% of its core for 5 s or longer: the target may take more than was "
      "sent"),
  N_ ("Requests leave over 10 ms late: this machine does not keep the rate. Close other programs, "
      "use more workers or another machine, or ask for less"),
  N_ ("requests left late: schedule lag p99 was %d ms, and 10 ms is the limit"),
  N_ ("No local port or file descriptor is left for more connections: what fails with error 1213 "
      "is this machine's doing. Keep connections alive, or use fewer users"),
  N_ ("%d requests found no local port or file descriptor left for a connection (error 1213)"),
  N_ ("%d arrivals were dropped while the generator was behind its schedule"),
  N_ ("Every request opens a connection of its own (keepAlive is off). This machine has %d local "
      "ports, and a closed connection can keep its port for %d s (TIME_WAIT): beyond about %d "
      "requests per second to one address it may run out of them (error 1213). Keep connections "
      "alive, or widen net.ipv4.ip_local_port_range"),
  /* Requests, and where they go. */
  N_ ("%s: %s (error %d)"),
  N_ ("%d requests were sent again: the target had asked for a digest, or closed their kept "
      "connections"),
  N_ ("%d requests were sent again: the target had closed their kept connections"),
  N_ ("Fetching what oauth2ClientCredentials needs before the first request"),
  N_ ("Token of client “%s” at %s: %s"),
  N_ ("No token of client “%s” at %s: %s"),
  N_ ("given for %d s"),
  N_ ("given; when it runs out is not said"),
  N_ ("the answer has no access_token that fits a header; check tokenUrl"),
  N_ ("the answer is no JSON object; check tokenUrl"),
  N_ ("the token is of the type “%s”; only bearer can be sent"),
  N_ ("answered with a redirect (%d), which gets no secret; name the last URL in tokenUrl"),
  N_ ("answered %d (%d); check tokenUrl, clientId, clientSecret and scope"),
  N_ ("answered %d “%s” (%d); check tokenUrl, clientId, clientSecret and scope"),
  N_ ("%s (%d); check tokenUrl, and that this machine can reach it"),
  /* The store. */
  N_ ("The store has failed for so long that the oldest log lines are given up"),
  N_ ("The store works again; what waited is being written"),
  N_ ("%s. The run goes on; its data waits in memory"),
  N_ ("%s. The run goes on; until the store is back its data is kept on this computer"),
  N_ ("%s does not answer; check that it runs and can be reached"),
  N_ ("%s is still away. The run is kept on this computer, and can be uploaded once the store is "
      "back"),
  NULL,
};

/* Translators: parts of the messages above. */
const char *const _lf_kept_parts[] = {
  /* What a run was started with. */
  N_ ("%s, %d worker"),
  N_ ("%s, %d workers"),
  N_ ("%s, %d step"),
  N_ ("%s, %d steps"),
  N_ ("%d user %s"),
  N_ ("%d users %s"),
  N_ ("for %d iterations, at most %d s"),
  N_ ("for %d s"),
  N_ ("until the highest rate is found"),
  N_ ("until it is stopped"),
  N_ ("%d user"),
  N_ ("%d users"),
  N_ ("%d request"),
  N_ ("%d requests"),
  /* Single words within the others. */
  N_ ("user"),
  N_ ("users"),
  N_ ("arrivals/s"),
  N_ ("passed"),
  N_ ("failed"),
  N_ ("aborted"),
  N_ ("invalid"),
  N_ ("error"),
  NULL,
};
