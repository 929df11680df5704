#pragma once

#include <gtk/gtk.h>

/*
 * Has the wheel scroll @page, which holds a GtkScrolledWindow, wherever the pointer is on it. GTK alone stops at what is
 * scrolled on its own within the page, even where that has nothing left to scroll, and turns the numbers that it comes over.
 */
void lf_page_scroll_add (GtkWidget *page);
