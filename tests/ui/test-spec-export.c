#include "config.h"

#include "lf-test-specs.h"
#include "lf-test-ui.h"

#include "lf-file-write.h"
#include "lf-spec-export.h"
#include "lf-spec-import.h"

#include <string.h>

#define PARTS_SPEC                                                                                 \
  "{\"name\":\"Parts\",\"steps\":[{\"url\":\"http://a/\",\"method\":\"POST\",\"body\":{\"type\":"  \
  "\"multipart\",\"parts\":[{\"name\":\"title\",\"value\":\"x\"},"                                 \
  "{\"name\":\"one\",\"file\":\"one.txt\",\"fileName\":\"1\"},"                                    \
  "{\"name\":\"off\",\"file\":\"two/one.txt\",\"enabled\":false}]}}]}"

#define SPEC                                                                                       \
  "{\"name\":\"a/b\",\"steps\":[{\"url\":\"http://a/"                                              \
  "\",\"method\":\"POST\",\"auth\":{\"type\":\"bearer\","                                          \
  "\"token\":\"hunter2\"},\"body\":{\"type\":\"file\",\"file\":\"basket.json\"}}]}"

typedef struct
{
  LfStore *store;
  GFile *folder;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_dir_make_tmp ("export-XXXXXX", NULL);

  fixture->store = lf_test_specs_open ();
  fixture->folder = g_file_new_for_path (path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  lf_test_specs_close (fixture->store);
  g_clear_object (&fixture->folder);
}

static char *
read_file (Fixture *fixture, const char *name)
{
  g_autoptr (GFile) file = g_file_get_child (fixture->folder, name);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_load_contents (file, NULL, &text, NULL, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* Takes in the spec @text, which names files in @folder. */
static LfSpec *
import (Fixture *fixture, const char *text, GFile *folder)
{
  g_autoptr (GFile) place = g_file_get_child (folder, "spec.json");
  g_autoptr (GError) error = NULL;
  g_autoptr (LfSpec) spec = lf_spec_from_text (text, -1, &error);
  g_autoptr (GAsyncResult) result = NULL;
  LfSpec *stored;

  g_assert_no_error (error);
  lf_spec_import_async (fixture->store, spec, place, NULL, NULL, lf_test_specs_got_cb, &result);
  lf_test_wait_until (result != NULL);
  stored = lf_spec_import_finish (result, &error);
  g_assert_no_error (error);
  return stored;
}

/* A spec whose body is a file that the store keeps. */
static LfSpec *
save_spec (Fixture *fixture)
{
  g_autoptr (GFile) file = lf_test_specs_file ("basket.json", 1000);
  g_autoptr (GFile) folder = g_file_get_parent (file);

  return import (fixture, SPEC, folder);
}

static char *export(Fixture *fixture,
                    GPtrArray *specs,
                    GFile *place,
                    gboolean is_folder,
                    GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lf_spec_export_async (fixture->store, specs, place, is_folder, lf_test_specs_got_cb, &result);
  lf_test_wait_until (result != NULL);
  return lf_spec_export_finish (result, error);
}

/* Two specs of one name into a folder: neither overwrites the other, the files lie beside them, no
 * secret goes along, and another store can take them in. */
static void
test_folder (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) specs = g_ptr_array_new_with_free_func (lf_record_free);
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;
  g_autofree char *content = NULL;
  g_autoptr (LfSpec) first = NULL;
  g_autoptr (LfSpec) second = NULL;

  g_ptr_array_add (specs, save_spec (fixture));
  g_ptr_array_add (specs, lf_spec_copy (specs->pdata[0]));
  g_assert_true (lf_spec_export_has_files (specs->pdata[0]));
  words = export(fixture, specs, fixture->folder, TRUE, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (words, "2 specs exported to "));
  one = read_file (fixture, "a-b.loadforge.json");
  two = read_file (fixture, "a-b 2.loadforge.json");
  content = read_file (fixture, "basket 2.json");
  g_assert_null (strstr (one, "hunter2"));
  first = lf_spec_from_text (one, -1, &error);
  g_assert_no_error (error);
  second = lf_spec_from_text (two, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (first->name, ==, "a/b");
  g_assert_cmpstr (lf_spec_get_step (first, 0)->body->file, ==, "basket.json");
  g_assert_cmpstr (lf_spec_get_step (second, 0)->body->file, ==, "basket 2.json");
  g_assert_null (lf_spec_get_step (second, 0)->body->attachment_id);
}

static void
write_file (GFile *folder, const char *name, const char *text)
{
  g_autoptr (GFile) file = g_file_resolve_relative_path (folder, name);
  g_autoptr (GFile) parent = g_file_get_parent (file);
  g_autoptr (GError) error = NULL;

  g_file_make_directory (parent, NULL, NULL); /* or it is there */
  g_file_replace_contents (file, text, strlen (text), NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL,
                           &error);
  g_assert_no_error (error);
}

static const LfBodyPart *
part (const LfSpec *spec, guint n)
{
  return lf_spec_get_step (spec, 0)->body->parts->pdata[n];
}

/* What part @n of @text, a spec beside its files, sends. (transfer full) */
static char *
read_part (Fixture *fixture, const char *text, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LfSpec) spec = lf_spec_from_text (text, -1, &error);

  g_assert_no_error (error);
  g_assert_null (part (spec, n)->attachment_id);
  return read_file (fixture, part (spec, n)->file);
}

/* Two parts that are files of one name: each goes beside the spec, and comes back with it. */
static void
test_parts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) source = g_file_get_child (fixture->folder, "source");
  g_autoptr (GPtrArray) specs = g_ptr_array_new_with_free_func (lf_record_free);
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;
  g_autofree char *text = NULL;
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;
  g_autoptr (LfSpec) back = NULL;

  write_file (source, "one.txt", "first");
  write_file (source, "two/one.txt", "second");
  g_ptr_array_add (specs, import (fixture, PARTS_SPEC, source));
  g_assert_nonnull (part (specs->pdata[0], 1)->attachment_id);
  g_assert_null (part (specs->pdata[0], 1)->file);
  g_assert_true (lf_spec_export_has_files (specs->pdata[0]));
  words = export(fixture, specs, fixture->folder, TRUE, &error);
  g_assert_no_error (error);
  text = read_file (fixture, "Parts.loadforge.json");
  one = read_part (fixture, text, 1);
  two = read_part (fixture, text, 2);
  g_assert_cmpstr (one, ==, "first");
  g_assert_cmpstr (two, ==, "second");
  back = import (fixture, text, fixture->folder);
  g_assert_cmpstr (part (back, 0)->value, ==, "x");
  g_assert_cmpstr (part (back, 1)->file_name, ==, "1");
  g_assert_nonnull (part (back, 2)->attachment_id);
  g_assert_cmpstr (part (back, 2)->attachment_id, !=, part (specs->pdata[0], 2)->attachment_id);
}

/* The chooser has asked whether the file may be replaced. */
static void
test_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) specs = g_ptr_array_new_with_free_func (lf_record_free);
  g_autoptr (GFile) file = g_file_get_child (fixture->folder, "x.json");
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;
  g_autofree char *again = NULL;
  g_autofree char *text = NULL;

  g_ptr_array_add (specs, lf_test_specs_save (fixture->store, "One", "http://a/"));
  words = export(fixture, specs, file, FALSE, &error);
  again = export(fixture, specs, file, FALSE, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (again, "1 spec exported to "));
  text = read_file (fixture, "x.json");
  g_assert_nonnull (strstr (text, "\"One\""));
}

static void
test_no_folder (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) specs = g_ptr_array_new_with_free_func (lf_record_free);
  g_autoptr (GFile) nowhere = g_file_get_child (fixture->folder, "gone");
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (specs, lf_test_specs_save (fixture->store, "One", "http://a/"));
  g_assert_null (export(fixture, specs, nowhere, TRUE, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static char *
write_new (Fixture *fixture, const char *name)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *written;

  lf_file_write_async (fixture->folder, name, bytes, lf_test_specs_got_cb, &result);
  lf_test_wait_until (result != NULL);
  written = lf_file_write_finish (result, &error);
  g_assert_no_error (error);
  return written;
}

/* Whoever may write into the store names attachments: no name leads out of the folder. */
static void
test_names (Fixture *fixture, gconstpointer data)
{
  static const char *const names[][2] = {
    { "../../out.json", "..-..-out.json" },
    { "/tmp/out.json", "-tmp-out.json" },
    { "..", "--" },
    { ".", "-" },
    { "", "- 2" },
    { "order.json", "order.json" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *written = write_new (fixture, names[i][0]);
      g_autofree char *text = read_file (fixture, written);

      g_assert_cmpstr (written, ==, names[i][1]);
      g_assert_cmpstr (text, ==, "x");
    }
}

#define ADD(path, test) g_test_add ("/ui/spec-export/" path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  lf_test_ui_init (&argc, &argv);
  ADD ("folder", test_folder);
  ADD ("parts", test_parts);
  ADD ("file", test_file);
  ADD ("names", test_names);
  ADD ("no-folder", test_no_folder);
  return g_test_run ();
}
