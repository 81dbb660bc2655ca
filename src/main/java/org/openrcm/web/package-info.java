/**
 * What all pages share: layout, tables, forms, figures as text, CSV, error pages.
 *
 * <p>In: what a page has to show. Out: HTML, CSV. Never: a page of its own, a query.
 */
@NullMarked
package org.openrcm.web;

import org.jspecify.annotations.NullMarked;
