#pragma once

#include <gtk/gtk.h>

/* What a PEM file is to hold. */
typedef enum
{
  LF_PEM_CERTIFICATE,
  LF_PEM_KEY,
} LfPemKind;

/*
 * Looks for the file whose path is typed into @entry and says in the LfFormField around it what is wrong: it is not there,
 * cannot be read, is a folder or holds something else. Nothing is wrong with an empty entry. Until the entry goes.
 */
void lf_pem_check_watch (GtkEditable *entry, LfPemKind kind);
