package io.sunchak.server.pages;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Reads the QR code in a picture as a till would, by an implementation that draws none here. */
final class QrReader {
  private QrReader() {}

  /** The code's text; fails where there is none. */
  static String read(byte[] picture) {
    try {
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture));
      int width = image.getWidth();
      int height = image.getHeight();
      int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
      BinaryBitmap seen =
          new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, pixels)));
      return new QRCodeReader().decode(seen).getText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ReaderException none) {
      throw new AssertionError("no QR code in the picture", none);
    }
  }
}
