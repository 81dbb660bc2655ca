package org.openrcm;
/** x. */
public final class OpenRcm { public static void main(String[] a) {} }
