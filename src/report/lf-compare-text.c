#include "config.h"

#include "lf-compare.h"

#include "lf-report-private.h"

#include <glib/gi18n.h>
#include <math.h>

static void
add_caveat (GPtrArray *caveats, gboolean applies, const char *sentence)
{
  if (applies)
    g_ptr_array_add (caveats, g_strdup (sentence));
}

static gboolean
is_saturated (const LfRun *run)
{
  return run->summary->generator != NULL && run->summary->generator->saturated;
}

/* A run that was cut short measured another part of its profile. */
static gboolean
is_whole (const LfRun *run)
{
  return run->status == LF_RUN_FINISHED;
}

/* Runs of a URL or of a file belong to no spec of the store, yet may have done the same. */
static gboolean
is_same_spec (const LfRun *a, const LfRun *b)
{
  if (a->spec_id != NULL || b->spec_id != NULL)
    return g_strcmp0 (a->spec_id, b->spec_id) == 0;
  return a->summary->spec != NULL && b->summary->spec != NULL &&
         json_node_equal (a->summary->spec, b->summary->spec);
}

char **
lf_compare_caveats (const LfRun *before, const LfRun *after)
{
  GPtrArray *caveats = g_ptr_array_new ();

  add_caveat (caveats, !is_same_spec (before, after), N_ ("The runs are of different specs."));
  add_caveat (caveats,
              is_same_spec (before, after) && before->spec_revision != after->spec_revision,
              N_ ("The spec was changed between the runs."));
  add_caveat (caveats, g_strcmp0 (before->host, after->host) != 0,
              N_ ("The runs were made on different machines."));
  add_caveat (caveats, !is_whole (before), N_ ("The first run was stopped before its end."));
  add_caveat (caveats, !is_whole (after), N_ ("The second run was stopped before its end."));
  add_caveat (caveats, is_saturated (before),
              N_ ("The generator was at its limit in the first run: its latencies are too long."));
  add_caveat (caveats, is_saturated (after),
              N_ ("The generator was at its limit in the second run: its latencies are too long."));
  g_ptr_array_add (caveats, NULL);
  return (char **) g_ptr_array_free (caveats, FALSE);
}

static char *
format_value (LfCompareUnit unit, double value)
{
  switch (unit)
    {
    case LF_COMPARE_RATE:
      return g_strdup_printf ("%.2f/s", value);
    case LF_COMPARE_SHARE:
      return g_strdup_printf ("%.2f%%", value * 100);
    case LF_COMPARE_LATENCY:
      return g_strdup_printf ("%.2fms", value);
    case LF_COMPARE_BYTES:
      {
        g_autofree char *size = g_format_size ((guint64) MAX (value, 0));

        return g_strconcat (size, "/s", NULL);
      }
    case LF_COMPARE_COUNT:
    default:
      return g_strdup_printf ("%.0f", value);
    }
}

static char *
format_change (const LfCompareRow *row)
{
  double change = lf_compare_row_get_change (row);

  /* Of shares, the difference says more than its share of what was. */
  if (row->unit == LF_COMPARE_SHARE)
    return g_strdup_printf (C_ ("percentage points", "%+.2f pp"), (row->after - row->before) * 100);
  if (isnan (change))
    return g_strdup (row->after == 0 ? "" : C_ ("value", "new"));
  return g_strdup_printf ("%+.1f%%", change * 100);
}

static void
append_row (GString *text, const LfCompareRow *row)
{
  g_autofree char *name =
      row->stat != NULL ? g_strconcat (row->metric, " ", row->stat, NULL) : g_strdup (row->metric);
  g_autofree char *before = format_value (row->unit, row->before);
  g_autofree char *after = format_value (row->unit, row->after);
  g_autofree char *change = format_change (row);

  g_string_append_c (text, ' ');
  _lf_report_append_cell (text, -30, name);
  _lf_report_append_cell (text, 12, before);
  _lf_report_append_cell (text, 12, after);
  _lf_report_append_cell (text, 12, change);
  if (row->judgement != LF_COMPARE_SAME)
    g_string_append_printf (text, "   %s", _ (lf_compare_judgement_words[row->judgement]));
  g_string_append_c (text, '\n');
}

char *
lf_compare_text (const LfRun *before, const LfRun *after, const GArray *rows)
{
  GString *text = g_string_new (NULL);
  g_auto (GStrv) caveats = lf_compare_caveats (before, after);

  g_string_append_c (text, ' ');
  _lf_report_append_cell (text, -30, "");
  _lf_report_append_cell (text, 12, C_ ("column", "before"));
  _lf_report_append_cell (text, 12, C_ ("column", "after"));
  _lf_report_append_cell (text, 12, C_ ("column", "change"));
  g_string_append_c (text, '\n');
  for (guint i = 0; i < rows->len; i++)
    append_row (text, &g_array_index (rows, LfCompareRow, i));
  for (char **caveat = caveats; *caveat != NULL; caveat++)
    g_string_append_printf (text, "%s  %s\n", caveat == caveats ? "\n" : "", _ (*caveat));
  return g_string_free (text, FALSE);
}

static void
add_number (JsonBuilder *builder, const char *name, double value)
{
  json_builder_set_member_name (builder, name);
  if (isfinite (value))
    json_builder_add_double_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_word (JsonBuilder *builder, const char *name, const char *word)
{
  json_builder_set_member_name (builder, name);
  if (word != NULL)
    json_builder_add_string_value (builder, word);
  else
    json_builder_add_null_value (builder);
}

static void
add_row (JsonBuilder *builder, const LfCompareRow *row)
{
  json_builder_begin_object (builder);
  add_word (builder, "metric", row->metric);
  add_word (builder, "stat", row->stat);
  add_word (builder, "unit", lf_compare_unit_words[row->unit]);
  add_number (builder, "before", row->before);
  add_number (builder, "after", row->after);
  add_number (builder, "change", lf_compare_row_get_change (row));
  add_word (builder, "judgement", lf_compare_judgement_words[row->judgement]);
  json_builder_end_object (builder);
}

JsonNode *
lf_compare_json (const LfRun *before, const LfRun *after, const GArray *rows)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_auto (GStrv) caveats = lf_compare_caveats (before, after);

  json_builder_begin_object (builder);
  add_word (builder, "before", before->id);
  add_word (builder, "after", after->id);
  json_builder_set_member_name (builder, "worse");
  json_builder_add_boolean_value (builder, lf_compare_is_worse (rows));
  json_builder_set_member_name (builder, "caveats");
  json_builder_begin_array (builder);
  for (char **caveat = caveats; *caveat != NULL; caveat++)
    json_builder_add_string_value (builder, *caveat);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "rows");
  json_builder_begin_array (builder);
  for (guint i = 0; i < rows->len; i++)
    add_row (builder, &g_array_index (rows, LfCompareRow, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}
