#include "config.h"

#include "lf-part-content.h"

static const gsize offsets[] = {
  G_STRUCT_OFFSET (LfBodyPart, value),        G_STRUCT_OFFSET (LfBodyPart, attachment_id),
  G_STRUCT_OFFSET (LfBodyPart, file),         G_STRUCT_OFFSET (LfBodyPart, file_name),
  G_STRUCT_OFFSET (LfBodyPart, content_type),
};

gboolean
lf_part_content_is_file (const LfBodyPart *part)
{
  return part->attachment_id != NULL || part->file != NULL;
}

LfBodyPart *
lf_part_content_new (gboolean is_file)
{
  LfBodyPart *part = lf_body_part_new ();

  lf_set_string (is_file ? &part->attachment_id : &part->value, "");
  return part;
}

void
lf_part_content_swap (LfBodyPart *a, LfBodyPart *b)
{
  for (guint i = 0; i < G_N_ELEMENTS (offsets); i++)
    {
      char **of_a = G_STRUCT_MEMBER_P (a, offsets[i]);
      char **of_b = G_STRUCT_MEMBER_P (b, offsets[i]);
      char *kept = *of_a;

      *of_a = *of_b;
      *of_b = kept;
      lf_record_set_present (a, offsets[i], *of_a != NULL);
      lf_record_set_present (b, offsets[i], *of_b != NULL);
    }
}

void
lf_part_content_set (LfBodyPart *part, char **place, const char *text)
{
  const gboolean blank = text == NULL || *text == '\0';

  lf_set_string (place, blank ? NULL : text);
  lf_record_set_present (part, (gsize) ((char *) place - (char *) part), !blank);
}

void
lf_part_content_set_file (LfBodyPart *part, const LfAttachment *attachment)
{
  lf_part_content_set (part, &part->attachment_id, attachment->id);
  lf_part_content_set (part, &part->file, NULL);
  lf_part_content_set (part, &part->file_name, attachment->name);
  lf_part_content_set (part, &part->content_type, attachment->content_type);
}
