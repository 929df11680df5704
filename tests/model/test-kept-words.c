#include "config.h"

#include "lf-error-code.h"
#include "lf-generator-cure.h"
#include "lf-kept-words.h"
#include "lf-test-locale.h"

#include <glib/gi18n.h>

/* A line of a log as the engine writes it, and what a German reads. */
static const struct
{
  const char *kept;
  const char *shown;
} lines[] = {
  { "Connection refused", "Verbindung abgelehnt" },
  { "Checkout: Connection refused: 127.0.0.1:8080 (error 1212)",
    "Checkout: Verbindung abgelehnt: 127.0.0.1:8080 (Fehler 1212)" },
  { "Started: up to 20 users for 60 s, 1 step, 2 workers",
    "Gestartet: bis zu 20 Benutzer für 60 s, 1 Schritt, 2 Worker" },
  { "Started: up to 1 user for 1000 iterations, at most 600 s, 2 steps, 1 worker",
    "Gestartet: bis zu 1 Benutzer für 1000 Iterationen, höchstens 600 s, 2 Schritte, 1 Worker" },
  { "12 s: 20 users, 1 request, 0 failed, p50 1.25 ms, p95 2.50 ms, p99 3.00 ms (warm-up)",
    "12 s: 20 Benutzer, 1 Anfrage, 0 fehlgeschlagen, p50 1,25 ms, p95 2,50 ms, p99 3,00 ms "
    "(Aufwärmphase)" },
  { "3 s: 0 users, 0 requests, 0 failed, 7 dropped",
    "3 s: 0 Benutzer, 0 Anfragen, 0 fehlgeschlagen, 7 verworfen" },
  { "Stage 2 of 3: 10 to 20 users in 5 s", "Stufe 2 von 3: 10 bis 20 Benutzer in 5 s" },
  { "Set to 0.5 arrivals/s", "Gesetzt auf 0,5 Ankünfte/s" },
  { "Finished after 10.0 s: 1000 requests, 0 failed, 100 per second; passed",
    "Beendet nach 10,0 s: 1000 Anfragen, 0 fehlgeschlagen, 100 pro Sekunde; bestanden" },
  { "Generator: requests left late: schedule lag p99 was 12.5 ms, and 10 ms is the limit",
    "Generator: Anfragen gingen zu spät ab: p99 der Verspätung war 12,5 ms, und 10 ms sind die "
    "Grenze" },
  { "No token of client “me” at http://127.0.0.1/: answered 401 (1401); check tokenUrl, clientId, "
    "clientSecret and scope",
    "Kein Token des Clients „me“ bei http://127.0.0.1/: antwortete 401 (1401); prüfen Sie "
    "tokenUrl, clientId, clientSecret und scope" },
  { "A worker used over 90 % of its core for 5 s: the target may take more than this machine sends",
    "Ein Worker nutzte 5 s lang über 90\u00a0% seines Kerns: Das Ziel verträgt vielleicht mehr, "
    "als "
    "dieser Rechner sendet" },
  { "500 users reached, holding", "500 users reached, holding" },
  { "Words of some other version: 12 users", "Words of some other version: 12 users" },
  { "", "" },
};

static void
test_english (void)
{
  g_assert_null (lf_kept_words (NULL));
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *shown = lf_kept_words (lines[i].kept);

      g_assert_cmpstr (shown, ==, lines[i].kept);
    }
}

static void
test_german (void)
{
  g_autofree char *catalogs = g_test_build_filename (G_TEST_BUILT, "..", "po", NULL);

  if (!lf_test_locale_begin ("de_DE.UTF-8"))
    return;
  bindtextdomain (GETTEXT_PACKAGE, catalogs);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *shown = lf_kept_words (lines[i].kept);

      g_assert_cmpstr (shown, ==, lines[i].shown);
    }
  lf_test_locale_end ();
}

/* A line is kept as it is on every machine, and is one that is known. */
static void
test_comma (void)
{
  g_autofree char *kept = NULL;

  if (!lf_test_locale_begin ("de_DE.UTF-8"))
    return;
  kept = lf_kept_printf ("%.0f s: %u users, p50 %.2f ms, given for %.6g s", 1e6, 2u, 9.371, 1234.5);
  g_assert_cmpstr (kept, ==, "1000000 s: 2 users, p50 9.37 ms, given for 1234.5 s");
  lf_test_locale_end ();
}

/* Each kind of reason has its cure, once. */
static void
test_cures (void)
{
  char *slow[] = { "a worker used over 90 % of its core", "requests left late", NULL };
  char *ports[] = { "3 requests found no local port (error 1213)", NULL };
  char *both[] = { slow[0], ports[0], NULL };
  LfSummaryGenerator generator = { 0 };
  g_autofree char *of_slow = NULL;
  g_autofree char *of_ports = NULL;
  g_autofree char *of_both = NULL;
  g_autofree char *all = NULL;

  g_assert_null (lf_generator_cure (&generator));
  generator.reasons = slow;
  of_slow = lf_generator_cure (&generator);
  generator.reasons = ports;
  of_ports = lf_generator_cure (&generator);
  generator.reasons = both;
  of_both = lf_generator_cure (&generator);
  g_assert_true (g_str_has_prefix (of_slow, "Close other programs"));
  g_assert_cmpstr (of_ports, ==, lf_error_code_cure (LF_ERROR_CODE_TCP_NO_PORTS));
  all = g_strconcat (of_slow, " ", of_ports, NULL);
  g_assert_cmpstr (of_both, ==, all);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kept-words/english", test_english);
  g_test_add_func ("/kept-words/cures", test_cures);
  g_test_add_func ("/kept-words/german", test_german);
  g_test_add_func ("/kept-words/comma", test_comma);
  return g_test_run ();
}
