package org.openrcm.statement;

import com.openhtmltopdf.extend.FSObjectDrawer;
import com.openhtmltopdf.extend.FSObjectDrawerFactory;
import com.openhtmltopdf.extend.OutputDevice;
import com.openhtmltopdf.pdfboxout.PdfBoxOutputDevice;
import com.openhtmltopdf.render.RenderingContext;
import java.awt.Rectangle;
import java.awt.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** Prints each {@code <object type="notice" lang="zh" data-phone="...">} as it is drawn. */
final class NoticePrinter implements FSObjectDrawerFactory {

  @Override
  public boolean isReplacedObject(Element element) {
    return element.getAttribute("type").equals("notice");
  }

  @Override
  public FSObjectDrawer createDrawer(Element element) {
    return NoticePrinter::print;
  }

  /** Says where its links are: there are none. */
  private static @Nullable Map<Shape, String> print(
      Element element,
      double x,
      double y,
      double width,
      double height,
      OutputDevice device,
      RenderingContext context,
      int dotsPerPixel) {
    DrawnNotices.Picture picture =
        DrawnNotices.of(element.getAttribute("lang"), element.getAttribute("data-phone"));
    PdfBoxOutputDevice pdf = (PdfBoxOutputDevice) device;
    pdf.drawPdfAsImage(
        form(pdf.getWriter(), picture),
        new Rectangle((int) x, (int) y, (int) width, (int) height),
        (float) width,
        (float) height);
    return null;
  }

  private static PDFormXObject form(PDDocument document, DrawnNotices.Picture picture) {
    PDStream stream = new PDStream(document);
    try (OutputStream out = stream.getCOSObject().createRawOutputStream()) {
      out.write(picture.operators());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    stream.getCOSObject().setItem(COSName.FILTER, COSName.FLATE_DECODE);
    PDFormXObject form = new PDFormXObject(stream);
    form.setBBox(new PDRectangle(picture.width() / 100f, picture.height() / 100f));
    form.setResources(new PDResources());
    return form;
  }
}
