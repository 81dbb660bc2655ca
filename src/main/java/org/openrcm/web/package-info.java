/**
 * What all pages share: layout, tables, forms, figures as text, CSV, error pages.
 *
 * <p>How they look is in {@code static/}: {@code base.css} has the tokens and elements, {@code
 * frame}, {@code page}, {@code table}, {@code form}, {@code part} and {@code over} what is made of
 * them, {@code screen} what narrow screens, fingers and paper change, and so comes last. Each
 * script there says what it adds to a page that works without it.
 *
 * <p>In: what a page has to show. Out: HTML, CSV. Never: a page of its own, a query.
 */
@NullMarked
package org.openrcm.web;

import org.jspecify.annotations.NullMarked;
